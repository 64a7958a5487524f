"""import_hours FILE: hours of a time clock, a payroll export or a foreman's sheet (contract: Files of hours)."""
