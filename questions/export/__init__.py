"""Cards for other systems; every exported item carries the link to the live card."""
