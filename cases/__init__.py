"""The product's core: cases, evidence, procedure and knowledge. Knows no Rasa and no HTTP."""
