package io.kuber.api;

import io.kuber.api.Fields.Checked;
import io.kuber.object.KubeObject;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.Problems;
import io.kuber.resource.Trait;
import io.kuber.store.Image;
import java.util.concurrent.CompletionStage;

/** Replaces an object, or one of its facets, by what the client sent. */
final class Update {
  private final Rewrite rewrite;
  private final Create create;
  private final Owners owners;
  private final Commit commit;

  Update(Rewrite rewrite, Create create, Owners owners, Commit commit) {
    this.rewrite = rewrite;
    this.create = create;
    this.owners = owners;
    this.commit = commit;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Lens lens) {
    Checked checked = Fields.check(request, lens);
    KubeObject body = lens.placed(request, KubeObject.of(checked.object()));
    if (body.name().isEmpty()) {
      throw Failures.badRequest("the name of the object must be given in metadata.name");
    }
    return commit
        .run(request.write().dryRun(), image -> decide(request, lens, body, image))
        .thenApply(done -> Written.answer(done, lens, checked.warnings()));
  }

  private Decision decide(ApiRequest request, Lens lens, KubeObject body, Image image) {
    Kind kind = lens.kind();
    boolean mayCreate = kind.has(Trait.CREATE_ON_UPDATE) && request.subresource().isEmpty();
    if (mayCreate && image.get(kind.type().keyOf(body)) == null) {
      if (!body.uid().isEmpty() || !body.resourceVersion().isEmpty()) {
        throw Failures.notFound(lens.type(), body.name());
      }
      return create.decide(request, lens, body, image);
    }
    if (kind.has(Trait.CONDITIONAL_UPDATE)
        && lens.facet().showsWhole()
        && body.resourceVersion().isEmpty()) {
      Problems problems = new Problems();
      problems.invalid(
          FieldPath.METADATA.child("resourceVersion"), 0L, "must be specified for an update");
      throw Failures.invalid(lens.type(), body.name(), problems.found());
    }
    return rewrite.decide(request, lens, image, old -> body, owners.updated(request, lens));
  }
}
