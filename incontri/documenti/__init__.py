"""Documents that need charts: services do not draw, so that who asks for the document brings the drawing along."""
