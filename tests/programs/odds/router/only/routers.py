class R:
    def db_for_read(self, model, **hints):
        return "logs" if model.__name__ == "Log" else None

    db_for_write = db_for_read

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        return (db == "logs") == (model_name == "log")

    def allow_relation(self, one, other, **hints):
        return True
