package io.kuber.api;

import io.kuber.api.Fields.Checked;
import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.Trait;
import io.kuber.store.Image;
import java.util.concurrent.CompletionStage;

/** Replaces an object, or one of its facets, by what the client sent. */
final class Update {
  private final Rewrite rewrite;
  private final Create create;
  private final Fields fields;
  private final Commit commit;

  Update(Rewrite rewrite, Create create, Fields fields, Commit commit) {
    this.rewrite = rewrite;
    this.create = create;
    this.fields = fields;
    this.commit = commit;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Kind kind, Facet facet) {
    Checked checked = fields.check(request, kind, facet);
    KubeObject body = facet.placed(request, kind, KubeObject.of(checked.object()));
    if (body.name().isEmpty()) {
      throw Failures.badRequest("the name of the object must be given in metadata.name");
    }
    return commit
        .run(request.write().dryRun(), image -> decide(request, kind, facet, body, image))
        .thenApply(done -> Written.answer(done, facet, checked.warnings()));
  }

  private Decision decide(
      ApiRequest request, Kind kind, Facet facet, KubeObject body, Image image) {
    boolean mayCreate = kind.has(Trait.CREATE_ON_UPDATE) && request.subresource().isEmpty();
    if (mayCreate && image.get(kind.type().keyOf(body)) == null) {
      if (!body.uid().isEmpty() || !body.resourceVersion().isEmpty()) {
        throw Failures.notFound(kind.type(), body.name());
      }
      return create.decide(request, kind, body, image);
    }
    return rewrite.decide(request, kind, facet, image, current -> body);
  }
}
