package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.api.Fields.Checked;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.store.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Changes an object, or one of its facets, by a patch. */
final class Patch {
  private final Rewrite rewrite;
  private final Patches patches;
  private final Fields fields;
  private final Commit commit;

  Patch(Rewrite rewrite, Patches patches, Fields fields, Commit commit) {
    this.rewrite = rewrite;
    this.patches = patches;
    this.fields = fields;
    this.commit = commit;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Kind kind, Facet facet) {
    if (!(request.body() instanceof Body.Patch patch)) {
      throw Failures.badRequest("a patch request needs a patch as its body");
    }
    List<String> warnings = new ArrayList<>();
    return commit
        .run(
            request.write().dryRun(), image -> decide(request, kind, facet, patch, image, warnings))
        .thenApply(done -> Written.answer(done, facet, warnings));
  }

  private Decision decide(
      ApiRequest request,
      Kind kind,
      Facet facet,
      Body.Patch patch,
      Image image,
      List<String> warnings) {
    return rewrite.decide(
        request,
        kind,
        facet,
        image,
        current -> {
          Tree patched = patches.apply(kind, facet, current, patch);
          Checked checked = fields.check(request, kind, facet, patched);
          warnings.clear();
          warnings.addAll(checked.warnings());
          return facet.placed(request, kind, KubeObject.of(checked.object()));
        });
  }
}
