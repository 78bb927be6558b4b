"""The sum and what changes it: values, notes, adjustments, last year, the handover between years."""
