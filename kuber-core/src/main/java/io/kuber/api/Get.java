package io.kuber.api;

import io.kuber.api.ApiAnswer.One;
import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads one object, or a subresource of it. */
final class Get {
  private final Freshness freshness;

  Get(Freshness freshness) {
    this.freshness = freshness;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Kind kind, Facet facet) {
    return freshness
        .image(request.read().resourceVersion())
        .thenApply(image -> answer(request, kind, facet, image));
  }

  private static ApiAnswer answer(ApiRequest request, Kind kind, Facet facet, Image image) {
    Stored stored = image.get(kind.type().key(request.namespace(), request.name()));
    if (stored == null) {
      throw Failures.notFound(kind.type(), request.name());
    }
    KubeObject shown = facet.show(stored.object());
    return new One(shown, facet.showsWhole() ? stored : null, false, List.of());
  }
}
