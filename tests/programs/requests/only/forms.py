from django import forms

from .models import Line, Note


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["text", "kind"]

    def clean_text(self):
        return self.cleaned_data["text"].strip().capitalize()

    def save(self, commit=True):
        note = super().save(commit=False)
        if commit:
            note.save()
            note.save()
        return note


LineSet = forms.inlineformset_factory(Note, Line, fields=["text"], extra=1)
