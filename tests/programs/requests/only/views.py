from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DeleteView, UpdateView

from .forms import LineSet, NoteForm
from .models import Note


@require_POST
def add(request):
    form = NoteForm(request.POST)
    if form.is_valid():
        form.save()
        messages.success(request, "added")
        return redirect("/list/")
    return JsonResponse(form.errors, status=400)


def lines(request, pk):
    note = get_object_or_404(Note, pk=pk)
    formset = LineSet(request.POST, instance=note)
    if formset.is_valid():
        formset.save()
        return HttpResponse("saved")
    return HttpResponse("no", status=400)


def crash(request):
    Note.objects.create(text="lost")
    raise ValueError("crash")


@transaction.non_atomic_requests
def crash_plain(request):
    Note.objects.create(text="kept")
    raise ValueError("crash")


def listing(request):
    return JsonResponse([n.text for n in Note.objects.order_by("pk")], safe=False)


@login_required
def private(request):
    return HttpResponse("secret")


async def slow(request):
    return HttpResponse(str(await Note.objects.acount()))


class Make(CreateView):
    model = Note
    fields = ["text"]
    success_url = "/list/"


class Change(UpdateView):
    model = Note
    form_class = NoteForm
    success_url = "/list/"


class Remove(DeleteView):
    model = Note
    success_url = "/list/"


class Up(View):
    def post(self, request):
        f = request.FILES["f"]
        Note.objects.create(text=f"{f.name} {f.size}")
        return HttpResponse("up")
