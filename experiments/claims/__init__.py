"""The articles' thirty claims, each measured with its control, its ablation and its robustness."""
