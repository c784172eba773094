package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.api.Fields.Checked;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.store.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Changes an object, or one of its facets, by a patch. */
final class Patch {
  private final Rewrite rewrite;
  private final Commit commit;

  Patch(Rewrite rewrite, Commit commit) {
    this.rewrite = rewrite;
    this.commit = commit;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Lens lens) {
    if (!(request.body() instanceof Body.Patch patch)) {
      throw Failures.badRequest("a patch request needs a patch as its body");
    }
    List<String> warnings = new ArrayList<>();
    return commit
        .run(request.write().dryRun(), image -> decide(request, lens, patch, image, warnings))
        .thenApply(done -> Written.answer(done, lens, warnings));
  }

  private Decision decide(
      ApiRequest request, Lens lens, Body.Patch patch, Image image, List<String> warnings) {
    return rewrite.decide(
        request,
        lens,
        image,
        current -> {
          Tree patched = Patches.apply(lens, current, patch);
          Checked checked = Fields.check(request, lens, patched);
          warnings.clear();
          warnings.addAll(checked.warnings());
          return lens.placed(request, KubeObject.of(checked.object()));
        });
  }
}
