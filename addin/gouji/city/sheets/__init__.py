"""The city's workbook: 明细, 报送情况, 问题, 结转核对, 调整."""
