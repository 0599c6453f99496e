"""Bundles of models: checked, tried, switched to in one step, and back."""
