package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code v1 LimitRange}. */
final class LimitRanges implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.LIMIT_RANGES, new LimitRanges(), Columns.NAME_AND_CREATION)
          .with(Trait.CREATE_ON_UPDATE);

  private LimitRanges() {}

  /** For containers, what is not said follows from the bounds that are. */
  @Override
  public KubeObject defaulted(KubeObject range) {
    return range.withChild("spec", spec -> spec.withEach("limits", LimitRanges::completed));
  }

  private static Tree completed(Tree limit) {
    if (!limit.text("type").equals("Container")) {
      return limit;
    }
    Tree limits = filled(limit.tree("default"), limit.tree("max"));
    Tree requests = filled(filled(limit.tree("defaultRequest"), limits), limit.tree("min"));
    Tree complete = limits.isEmpty() ? limit : limit.with("default", limits);
    return requests.isEmpty() ? complete : complete.with("defaultRequest", requests);
  }

  private static Tree filled(Tree amounts, Tree otherwise) {
    Tree filled = amounts;
    for (int i = 0; i < otherwise.size(); i++) {
      filled = filled.withDefault(otherwise.nameAt(i), otherwise.valueAt(i));
    }
    return filled;
  }

  @Override
  public void check(KubeObject range, Problems problems) {
    MetadataCheck.check(range, Names.SUBDOMAIN, problems);
    Set<String> types = new HashSet<>();
    List<Tree> limits = range.spec().items("limits").trees();
    for (int i = 0; i < limits.size(); i++) {
      FieldPath field = FieldPath.SPEC.child("limits").index(i);
      String type = limits.get(i).text("type");
      LimitCheck.check(field, limits.get(i), problems);
      if (!types.add(type)) {
        problems.duplicate(field.child("type"), type);
      }
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
