"""Two templates of one format, compared by what they deploy."""
import collections
import copy

import applications
import documents
import normalise
import sam
from differences import MISSING, differences, pair_conditions, pair_hashed

# how: translated, direct, refused (by the vendor's translator, so compared as they stand), elsewhere (made of more files)
Comparison = collections.namedtuple('Comparison', 'how differences source compiled')


class Comparer:
    """Compares one source with any number of templates that should be the same."""

    def __init__(self, form, source, translator=True):
        self.form = form
        self.source = source
        self.translator = translator and form == 'sam' and sam.available()
        self.values = sam.parameter_values(source) if form == 'sam' else {}
        self.made = self.translated(source) if self.translator and sam.is_sam(source) else (None, '')

    def translated(self, document):
        return sam.translate(document, self.values)

    def compare(self, compiled):
        if self.form == 'serverless-devs':
            try:
                a, b = applications.document(self.source), applications.document(compiled)
            except applications.Elsewhere:
                return Comparison('elsewhere', [], {}, {})
            return Comparison('direct', differences(a, b), a, b)
        if self.form == 'sam':
            return self.compare_sam(compiled)
        a, b = normalise.document(self.source), normalise.document(compiled)
        b = pair_conditions(a, b)
        return Comparison('direct', differences(a, b), a, b)

    def compare_sam(self, compiled):
        source, given, how, more = self.source, compiled, 'direct', []
        if self.made[0] is not None:
            how = 'translated'
            made, why = self.translated(compiled)
            if made is None:
                a = normalise.document(self.made[0])
                return Comparison(how, [(('the translator',), MISSING, why)], a, {})
            source, compiled = self.made[0], made
        elif sam.is_sam(source):
            how = 'refused'
            source, compiled = sam.fold_globals(source), sam.fold_globals(compiled)
        elif sam.is_sam(compiled) and self.translator:
            # A macro that the source does not have is one difference; what it does to the resources is looked at as well.
            more = [(('Transform',), source.get('Transform', MISSING), compiled['Transform'])]
            made, why = self.translated(compiled)
            if made is None:
                return Comparison(how, [*more, (('the translator',), MISSING, why)], normalise.document(source), {})
            compiled = made
        a, b = normalise.document(source), normalise.document(compiled)
        pairs = []
        if how == 'translated':
            b, pairs = pair_hashed(a, b)
        b = pair_conditions(a, b)
        if more:
            a, b = ({k: v for k, v in d.items() if k != 'Transform'} for d in (a, b))
        found = more + differences(a, b)
        if how == 'translated':
            found += metadata(self.source, given, {d[0][:3] for d in found})
        if not found:
            # Hashes of the same are the same, so something that no other place shows is not.
            found = [(('Resources', ours), 'hash of what it is made of', theirs) for ours, theirs in pairs]
        return Comparison(how, found, a, b)


def metadata(source, compiled, known):
    """The differences in what the translator leaves out and other tools read: how a function is built, say."""
    ours, theirs = ({name: {'Metadata': m} for name, r in documents.mapping(d.get('Resources')).items()
                     if (m := normalise.Normaliser(None).value(documents.mapping(r).get('Metadata')))} for d in (source, compiled))
    empty = {'Metadata': {}}
    return [d for name in dict.fromkeys([*ours, *theirs]) if ('Resources', name, 'Metadata') not in known
            for d in differences(ours.get(name, empty), theirs.get(name, empty), ('Resources', name))]


def prepared(document, folder, root=None, app=None, as_written=False):
    """A template with the places of its code named by what stood there."""
    return documents.name_code(copy.deepcopy(document), folder, root, app, as_written)
