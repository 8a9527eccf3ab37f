"""How well the rules find what a reviewer would mark: invented clean documents, and defects planted in them one by one."""
