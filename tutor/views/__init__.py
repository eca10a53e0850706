"""The pages of a learner, one file a page."""
