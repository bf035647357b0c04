"""Receipts of real accounts: a cheap site is deployed, validated and destroyed with the product's own verbs."""
