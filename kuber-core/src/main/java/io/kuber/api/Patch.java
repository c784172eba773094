package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.api.Fields.Checked;
import io.kuber.client.Client.PatchType;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.store.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Changes an object, or one of its facets, by a patch. */
final class Patch {
  private final Rewrite rewrite;
  private final Apply apply;
  private final Owners owners;
  private final Commit commit;

  Patch(Rewrite rewrite, Apply apply, Owners owners, Commit commit) {
    this.rewrite = rewrite;
    this.apply = apply;
    this.owners = owners;
    this.commit = commit;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Lens lens) {
    if (!(request.body() instanceof Body.Patch patch)) {
      throw Failures.badRequest("a patch request needs a patch as its body");
    }
    if (patch.type() == PatchType.APPLY) {
      return apply.handle(request, lens, patch);
    }
    if (request.write().force() != null) {
      Problems problems = new Problems();
      problems.forbidden(FieldPath.ROOT.child("force"), "may not be specified for non-apply patch");
      throw Failures.invalidOptions("PatchOptions", problems.found());
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
        old -> {
          Tree patched = Patches.apply(lens, lens.show(old), patch);
          Checked checked = Fields.check(request, lens, patched);
          warnings.clear();
          warnings.addAll(checked.warnings());
          return lens.placed(request, KubeObject.of(checked.object()));
        },
        owners.updated(request, lens));
  }
}
