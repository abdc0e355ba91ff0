"""Starts everything and holds no domain: settings, servers, health, logging, errors."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
