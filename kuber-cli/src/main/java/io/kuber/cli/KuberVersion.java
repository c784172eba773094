package io.kuber.cli;

import io.kuber.server.route.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code kuber --version} prints. */
final class KuberVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"kuber " + Version.GIT_VERSION};
  }
}
