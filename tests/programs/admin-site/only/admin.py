from django.contrib import admin
from django.core.mail import send_mail

from .models import Author, Book


class BookInline(admin.TabularInline):
    model = Book
    extra = 0
    fields = ["title", "sold"]


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    inlines = [BookInline]
    search_fields = ["name"]


@admin.action(description="Sell")
def sell(modeladmin, request, queryset):
    queryset.update(sold=True)
    for book in queryset:
        book.save()


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    actions = [sell]
    list_display = ["title", "sold"]
    list_editable = ["sold"]
    filter_horizontal = ["readers"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        send_mail(f"{request.user} changed {form.changed_data}", "", None, ["audit@example.com"])
