"""What the portal is made of: applications, middleware, templates."""

from tavolo.settings.ambiente import RADICE

# --- Applications ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "tavolo.apps.ConfigurazioneTavolo",
    "tavolo.base",
    "referenti",
    "risorse",
    "incontri",
    "tavolo.apps.ConfigurazioneAmministrazione",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.forms",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "import_export",
    "rules",
    "simple_history",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tavolo.base.middleware.RifiutaByteNulli",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "referenti.middleware.SecondoFattoreObbligatorio",
    "simple_history.middleware.HistoryRequestMiddleware",
    "risorse.middleware.TraduceIlContenuto",
]
ROOT_URLCONF = "tavolo.urls"
WSGI_APPLICATION = "tavolo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RADICE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "tavolo.base.contesto.portale",
            ],
            "builtins": ["tavolo.base.templatetags.portale", "django.templatetags.i18n"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False
