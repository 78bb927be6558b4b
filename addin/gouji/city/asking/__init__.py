"""Who must do what: 催报名单, 催报通知, 退回单 and 通报, each made of a consolidation and of nothing else."""
