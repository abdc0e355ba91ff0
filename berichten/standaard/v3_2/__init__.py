"""iWmo 3.2, valid from 3 April 2023: each heenbericht with its answer in one module."""
