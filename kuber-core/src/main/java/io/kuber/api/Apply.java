package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.api.Fields.Checked;
import io.kuber.api.WriteOptions.FieldValidation;
import io.kuber.managed.Managing;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.store.Image;
import io.kuber.store.Key;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Server-side apply: makes an object what a configuration wants, or creates it. */
final class Apply {
  private final Rewrite rewrite;
  private final Create create;
  private final Owners owners;
  private final Commit commit;

  Apply(Rewrite rewrite, Create create, Owners owners, Commit commit) {
    this.rewrite = rewrite;
    this.create = create;
    this.owners = owners;
    this.commit = commit;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Lens lens, Body.Patch patch) {
    if (request.write().fieldManager().isEmpty()) {
      Problems problems = new Problems();
      problems.required(FieldPath.ROOT.child("fieldManager"), "is required for apply patch");
      throw Failures.invalidOptions("PatchOptions", problems.found());
    }
    Tree config = config(lens, patch);
    List<String> warnings = warnings(request, patch);
    return commit
        .run(request.write().dryRun(), image -> decide(request, lens, config, image))
        .thenApply(done -> Written.answer(done, lens, warnings));
  }

  private static Tree config(Lens lens, Body.Patch patch) {
    Tree config = Patches.tree(patch);
    String type = config.text("apiVersion") + ", Kind=" + config.text("kind");
    if (!type.equals(lens.apiVersion() + ", Kind=" + lens.kindName())) {
      throw Failures.badRequest(
          "invalid object type: " + (type.indexOf('/') < 0 ? "/" + type : type));
    }
    Object managedFields = config.at("metadata", "managedFields");
    if (managedFields != null && managedFields != Nil.NIL) {
      throw Failures.badRequest("metadata.managedFields must be nil");
    }
    return config;
  }

  private static List<String> warnings(ApiRequest request, Body.Patch patch) {
    FieldValidation validation = request.write().fieldValidation();
    if (validation == FieldValidation.STRICT && !patch.complaints().isEmpty()) {
      throw Failures.badRequest(
          "error strict decoding YAML: " + String.join(", ", patch.complaints()));
    }
    return validation == FieldValidation.WARN ? patch.complaints() : List.of();
  }

  private Decision decide(ApiRequest request, Lens lens, Tree config, Image image) {
    Key key = lens.kind().type().key(request.namespace(), request.name());
    if (image.get(key) == null && request.subresource().isEmpty()) {
      return created(request, lens, config, image);
    }
    return rewrite.decide(
        request, lens, image, old -> merged(request, lens, old, config), Owners.applied(lens));
  }

  private Decision created(ApiRequest request, Lens lens, Tree config, Image image) {
    KubeObject object = merged(request, lens, KubeObject.of(Tree.EMPTY), config);
    if (!object.uid().isEmpty()) {
      throw Failures.conflict(
          lens.type(),
          request.name(),
          "uid mismatch: the provided object specified uid "
              + object.uid()
              + ", and no existing object was found");
    }
    return create.decide(
        request, lens, unconditional(object), image, stored -> Managing.of(object.tree()));
  }

  /**
   * A revision that no object can have any more says "only where there is none", and is what the
   * Java Operator SDK sends; upstream's store compares revisions only with an object that is there.
   */
  private static KubeObject unconditional(KubeObject object) {
    return KubeObject.of(object.tree().withoutAt("metadata", "resourceVersion"));
  }

  private KubeObject merged(ApiRequest request, Lens lens, KubeObject old, Tree config) {
    KubeObject applied = owners.apply(request, lens, old, config);
    Checked checked = Fields.check(request, lens, applied.tree());
    return lens.placed(request, KubeObject.of(checked.object()));
  }
}
