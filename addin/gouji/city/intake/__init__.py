"""Who must report and what they sent: roster, folder, names, which submission counts, peers."""
