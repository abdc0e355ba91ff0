from django.urls import URLPattern

app_name = "declaraties"
urlpatterns: list[URLPattern] = []
