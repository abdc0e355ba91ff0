"""All URLs. Each app brings its own at the root; signing in is allauth's."""

from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config.health import gezondheid

handler400 = "config.errors.handler400"
handler403 = "config.errors.handler403"
handler404 = "config.errors.handler404"
handler429 = "config.errors.handler429"
handler500 = "config.errors.handler500"

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one door, with its rate limit

urlpatterns = [
    path("gezondheid/", gezondheid, name="gezondheid"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    # After allauth's own, since `reverse` takes the last of a name.
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("referentie/", admin.site.urls),
    path("", include("wmo.urls")),
    path("", include("wachtlijst.urls")),
    path("", include("berichten.urls")),
    path("", include("declaraties.urls")),
]
