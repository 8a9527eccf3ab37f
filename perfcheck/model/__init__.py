"""The model: a document's goals, projects, money and indicators as frozen values."""
