package io.kuber.api;

import io.kuber.api.ApiAnswer.One;
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

  CompletionStage<ApiAnswer> handle(ApiRequest request, Lens lens) {
    return freshness
        .image(request.read().resourceVersion())
        .thenApply(image -> answer(request, lens, image));
  }

  /** The object as the image has it. */
  static ApiAnswer answer(ApiRequest request, Lens lens, Image image) {
    Stored stored = image.get(lens.kind().type().key(request.namespace(), request.name()));
    if (stored == null) {
      throw Failures.notFound(lens.type(), request.name());
    }
    return new One(() -> lens.show(stored.object()), lens.verbatim(stored), false, List.of());
  }
}
