package io.kuber.api;

import io.kuber.api.ApiAnswer.Many;
import io.kuber.resource.Kind;
import io.kuber.resource.Served;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads all objects that match, at one revision and in pages. (Not called List: Java is.) */
final class ListObjects {
  private final Freshness freshness;
  private final Pages pages;

  ListObjects(Freshness freshness, Pages pages) {
    this.freshness = freshness;
    this.pages = pages;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Served served) {
    ReadRules.checkList(request.read());
    Selection selection = Selection.of(request, served);
    if (!request.read().continueToken().isEmpty()) {
      return nextPage(request, served, selection);
    }
    return image(request.read(), served)
        .thenApply(image -> page(request, served, selection, image, null, 0));
  }

  private CompletionStage<Image> image(ReadOptions read, Served served) {
    if (!read.resourceVersionMatch().equals(ReadRules.EXACT)) {
      return freshness.image(read.resourceVersion());
    }
    return exactly(Versions.parse(read.resourceVersion()), served)
        .thenApply(
            exact ->
                exact.orElseThrow(
                    () ->
                        Failures.expired("The resourceVersion for the provided list is too old.")));
  }

  /** The kind's objects at that revision, once this server has got there; empty once forgotten. */
  private CompletionStage<Optional<Image>> exactly(long revision, Served served) {
    return freshness
        .image(Long.toString(revision))
        .thenApply(
            image ->
                image.revision() == revision
                    ? Optional.of(image)
                    : Optional.ofNullable(
                        pages.at(revision, served.kind().type().qualifiedName())));
  }

  private CompletionStage<ApiAnswer> nextPage(
      ApiRequest request, Served served, Selection selection) {
    ContinueToken token =
        ContinueToken.parse(request.read().continueToken(), served.kind().type().qualifiedName());
    if (token.revision() == ContinueToken.ANY) {
      return freshness
          .image("")
          .thenApply(
              image -> page(request, served, selection, image, token.after(), token.shown()));
    }
    return exactly(token.revision(), served)
        .thenApply(exact -> exact.orElseThrow(() -> expired(token)))
        .thenApply(image -> page(request, served, selection, image, token.after(), token.shown()));
  }

  private static ApiException expired(ContinueToken token) {
    return ReadRules.expiredToken(
        new ContinueToken(ContinueToken.ANY, token.after(), token.shown()).text());
  }

  private ApiAnswer page(
      ApiRequest request,
      Served served,
      Selection selection,
      Image image,
      @Nullable Key after,
      long shown) {
    long limit = request.read().limit();
    Iterator<Stored> found = candidates(request, served.kind(), selection, image, after);
    List<Stored> entries = new ArrayList<>();
    boolean more = false;
    while (found.hasNext() && !more) {
      Stored stored = found.next();
      if (selection.matchesPassing(stored)) {
        more = limit > 0 && entries.size() == limit;
        if (!more) {
          entries.add(stored);
        }
      }
    }
    String resourceVersion = Long.toString(image.revision());
    if (!more) {
      return new Many(served, entries, resourceVersion, "", null);
    }
    pages.keep(image);
    long all = shown + entries.size();
    ContinueToken next =
        new ContinueToken(image.revision(), entries.get(entries.size() - 1).key(), all);
    Long remaining =
        selection.isEverything()
            ? Long.valueOf(
                image.count(served.kind().type().qualifiedName(), request.namespace()) - all)
            : null;
    return new Many(served, entries, resourceVersion, next.text(), remaining);
  }

  /** The objects that may match, in order: one of known name is looked up, not looked for. */
  static Iterator<Stored> candidates(
      ApiRequest request, Kind kind, Selection selection, Image image, @Nullable Key after) {
    String name = selection.onlyName();
    if (name != null && (!request.namespace().isEmpty() || !kind.type().namespaced())) {
      Stored only = image.get(kind.type().key(request.namespace(), name));
      return (only == null || after != null ? List.<Stored>of() : List.of(only)).iterator();
    }
    return image.scan(kind.type().qualifiedName(), request.namespace(), after);
  }
}
