"""A copy of a received workbook with something laid over it; whatever is not laid over keeps its bytes."""
