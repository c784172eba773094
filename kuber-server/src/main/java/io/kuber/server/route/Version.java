package io.kuber.server.route;

import io.kuber.json.Json;
import io.kuber.object.Tree;

/** What {@code /version} answers, indented for all (k8s.io/apimachinery, pkg/version). */
public final class Version {
  /** The minor version of Kubernetes whose API this is. */
  private static final String MINOR = "36";

  /** The version of kuber; clients read it as a semantic version. */
  public static final String GIT_VERSION = "v1." + MINOR + ".0+kuber";

  private Version() {}

  static byte[] document() {
    return Json.printPretty(
        Tree.of(
            "major", "1",
            "minor", MINOR,
            "gitVersion", GIT_VERSION,
            "gitCommit", "",
            "gitTreeState", "clean",
            "buildDate", "1970-01-01T00:00:00Z",
            "goVersion", "",
            "compiler", "javac",
            "platform", "linux/" + architecture()));
  }

  /** The architecture as Go names it, which is how nodes and images name it too. */
  public static String architecture() {
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> System.getProperty("os.arch", "");
    };
  }
}
