"""What was accepted and counts no more: old faults of a baseline, and waivers in a file or beside the fault itself."""
