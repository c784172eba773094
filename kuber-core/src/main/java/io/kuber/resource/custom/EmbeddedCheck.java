package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Kind and metadata of objects inside objects (apiextensions-apiserver,
 * pkg/apiserver/schema/objectmeta).
 */
final class EmbeddedCheck {
  private EmbeddedCheck() {}

  /** Reports what is wrong with kind and metadata of every embedded object in a value. */
  static void check(Object value, @Nullable Structural schema, FieldPath path, Problems problems) {
    if (schema == null) {
      return;
    }
    if (value instanceof Items items) {
      for (int i = 0; i < items.size(); i++) {
        check(items.get(i), schema.items(), path.index(i), problems);
      }
    } else if (value instanceof Tree tree) {
      if (schema.isEmbedded()) {
        checkObject(tree, path, problems);
      }
      tree.forEach(
          (name, inner) -> {
            boolean isProperty = schema.properties().containsKey(name);
            check(
                inner,
                schema.field(name).orElse(null),
                isProperty ? path.child(name) : path.key(name),
                problems);
          });
    }
  }

  /** Reports what is wrong with kind and metadata of one object. */
  static void checkObject(Tree object, FieldPath path, Problems problems) {
    checkApiVersion(object, path.child("apiVersion"), problems);
    checkKind(object, path.child("kind"), problems);
    if (object.get("metadata") instanceof Tree metadata) {
      Problems own = new Problems();
      Tree named = metadata.text("name").isEmpty() ? metadata.with("name", "name") : metadata;
      MetadataCheck.check(KubeObject.of(Tree.of("metadata", named)), Names.SUBDOMAIN, own);
      for (Problem problem : own.found()) {
        if (!problem.field().equals("metadata.name")) {
          problems.add(
              new Problem(
                  problem.type(), path.child(problem.field()).toString(), problem.message()));
        }
      }
      checkSegment(metadata.text("name"), path.child("metadata", "name"), problems);
    } else if (object.has("metadata")) {
      problems.invalid(
          path.child("metadata"), String.valueOf(object.get("metadata")), "must be an object");
    }
  }

  /** Embedded objects may have any name that fits into a path. */
  private static void checkSegment(String name, FieldPath path, Problems problems) {
    if (name.equals(".") || name.equals("..")) {
      problems.invalid(path, name, "may not be '" + name + "'");
    }
    for (String part : new String[] {"/", "%"}) {
      if (name.contains(part)) {
        problems.invalid(path, name, "may not contain '" + part + "'");
      }
    }
  }

  private static void checkApiVersion(Tree object, FieldPath path, Problems problems) {
    String apiVersion = object.text("apiVersion");
    if (object.has("apiVersion") && !(object.get("apiVersion") instanceof String)) {
      problems.invalid(path, String.valueOf(object.get("apiVersion")), "must be a string");
    } else if (apiVersion.isEmpty()) {
      problems.required(path, "");
    } else if (apiVersion.chars().filter(c -> c == '/').count() > 1) {
      problems.invalid(path, apiVersion, "unexpected GroupVersion string: " + apiVersion);
    }
  }

  private static void checkKind(Tree object, FieldPath path, Problems problems) {
    String kind = object.text("kind");
    if (object.has("kind") && !(object.get("kind") instanceof String)) {
      problems.invalid(path, String.valueOf(object.get("kind")), "must be a string");
    } else if (kind.isEmpty()) {
      problems.required(path, "");
    } else {
      Problems form = new Problems();
      Names.LABEL_1035.check(path, kind.toLowerCase(Locale.ROOT), form);
      if (!form.isEmpty()) {
        problems.invalid(path, kind, DefinitionNames.mixedCase(form));
      }
    }
  }
}
