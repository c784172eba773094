package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.patch.JsonPatch;
import io.kuber.patch.MergePatch;
import io.kuber.patch.PatchException;
import io.kuber.patch.StrategicMergePatch;
import io.kuber.schema.TypeSchema;

/** Applies a patch to what a facet shows. */
final class Patches {
  private Patches() {}

  static Tree apply(Lens lens, KubeObject current, Body.Patch patch) {
    Tree tree = current.tree();
    try {
      return switch (patch.type()) {
        case JSON -> JsonPatch.apply(tree, items(patch));
        case MERGE -> MergePatch.apply(tree, tree(patch));
        case STRATEGIC -> StrategicMergePatch.apply(tree, tree(patch), strategy(lens));
        case APPLY -> throw new IllegalStateException("server-side apply is the work of Apply");
      };
    } catch (PatchException failure) {
      throw refused(failure);
    }
  }

  /** Custom resources say nothing of how their lists are to be merged. */
  private static TypeSchema strategy(Lens lens) {
    return lens.schema()
        .filter(schema -> !lens.served().version().schema().isCustom())
        .orElseThrow(Patches::notStrategic);
  }

  private static Items items(Body.Patch patch) {
    if (patch.patch() instanceof Items items) {
      return items;
    }
    throw Failures.badRequest("json: cannot unmarshal object into a list of operations");
  }

  /** The patch, which has to be an object. */
  static Tree tree(Body.Patch patch) {
    if (patch.patch() instanceof Tree tree) {
      return tree;
    }
    throw Failures.badRequest("json: cannot unmarshal the patch: it has to be an object");
  }

  private static ApiException notStrategic() {
    return new ApiException(
        StatusReason.UNSUPPORTED_MEDIA_TYPE,
        "the body of the request was in an unknown format - accepted media types include:"
            + " application/json-patch+json, application/merge-patch+json,"
            + " application/apply-patch+yaml");
  }

  private static ApiException refused(PatchException failure) {
    StatusReason reason =
        switch (failure.reason()) {
          case MALFORMED -> StatusReason.BAD_REQUEST;
          case UNAPPLICABLE, TEST_FAILED -> StatusReason.INVALID;
          case TOO_LARGE -> StatusReason.REQUEST_ENTITY_TOO_LARGE;
        };
    return new ApiException(reason, String.valueOf(failure.getMessage()));
  }
}
