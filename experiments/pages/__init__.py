"""What is made to be read or watched: explorable page, live page, gallery, tables of the model."""
