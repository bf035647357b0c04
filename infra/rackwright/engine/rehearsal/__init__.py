"""A cloud without a cloud: answers programs as a provider would, with everything simulated and said to be."""
