"""Return codes in plain Dutch: data, so that a region can sharpen a sentence."""

from django.db import models


class Retourcodeuitleg(models.Model):
    """What is wrong and what to do now. The official description stays visible beside it."""

    code = models.CharField(max_length=4, unique=True)
    titel = models.CharField(max_length=80)
    wat_is_er_mis = models.TextField()
    wat_nu = models.TextField()

    class Meta:
        verbose_name = "uitleg bij retourcode"
        verbose_name_plural = "uitleg bij retourcodes"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.titel}"
