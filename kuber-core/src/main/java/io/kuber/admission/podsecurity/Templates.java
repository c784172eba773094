package io.kuber.admission.podsecurity;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.util.Map;
import java.util.Optional;

/** Where the objects that make pods keep the template of these. */
final class Templates {
  private static final String[] IN_SPEC = {"spec", "template"};

  private static final Map<ResourceType, String[]> PATHS =
      Map.of(
          Resources.REPLICATION_CONTROLLERS, IN_SPEC,
          Resources.POD_TEMPLATES, new String[] {"template"},
          Resources.REPLICA_SETS, IN_SPEC,
          Resources.DEPLOYMENTS, IN_SPEC,
          Resources.STATEFUL_SETS, IN_SPEC,
          Resources.DAEMON_SETS, IN_SPEC,
          Resources.JOBS, IN_SPEC,
          Resources.CRON_JOBS, new String[] {"spec", "jobTemplate", "spec", "template"});

  private Templates() {}

  static boolean areIn(ResourceType type) {
    return PATHS.containsKey(type);
  }

  /** The template of pods; empty where the object has none. */
  static Optional<Tree> of(ResourceType type, KubeObject object) {
    String[] path = PATHS.get(type);
    return path == null
        ? Optional.empty()
        : Optional.of(object.tree().tree(path)).filter(template -> !template.isEmpty());
  }
}
