class R:
    def db_for_read(self, model, **h):
        return "default"
    def allow_migrate(self, db, app_label, **h):
        return app_label != "sessions"
