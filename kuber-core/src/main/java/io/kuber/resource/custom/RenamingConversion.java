package io.kuber.resource.custom;

import io.kuber.object.KubeObject;
import io.kuber.resource.Conversion;
import io.kuber.resource.Problems;

/**
 * The strategy {@code None}: versions differ in their names and in what their schemas keep
 * (apiextensions-apiserver, pkg/apiserver/conversion/nop_converter.go).
 */
final class RenamingConversion implements Conversion {
  private final CompiledVersion version;
  private final CompiledVersion stored;

  RenamingConversion(CompiledVersion version, CompiledVersion stored) {
    this.version = version;
    this.stored = stored;
  }

  @Override
  public void check(KubeObject sent, Problems problems) {
    SchemaCheck.check(version.defaulted(sent).tree(), null, version.schema(), "")
        .reportTo(problems);
  }

  @Override
  public KubeObject toStored(KubeObject sent) {
    return KubeObject.of(stored.pruned(version.defaulted(sent).tree()).object());
  }

  @Override
  public KubeObject fromStored(KubeObject object) {
    return version.defaulted(KubeObject.of(version.pruned(object.tree()).object()));
  }
}
