package io.kuber.fairness;

import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all flow schemas and priority levels say together. Those that nobody may do without hold
 * even while their objects are not there; a schema whose level is missing matches nothing.
 */
public final class FlowConfig {
  private final List<FlowSchema> schemas;
  private final Map<String, Level> levels;

  private FlowConfig(List<FlowSchema> schemas, Map<String, Level> levels) {
    this.schemas = schemas;
    this.levels = levels;
  }

  /** What the objects of an image say. */
  public static FlowConfig of(Image image) {
    Map<String, Level> levels = new LinkedHashMap<>();
    for (KubeObject object : InitialFlows.mandatoryLevels()) {
      levels.put(object.name(), Level.of(object));
    }
    for (KubeObject object : objects(image, Resources.PRIORITY_LEVEL_CONFIGURATIONS)) {
      levels.put(object.name(), Level.of(object));
    }
    Map<String, FlowSchema> schemas = new LinkedHashMap<>();
    for (KubeObject object : InitialFlows.mandatorySchemas()) {
      schemas.put(object.name(), FlowSchema.of(object));
    }
    for (KubeObject object : objects(image, Resources.FLOW_SCHEMAS)) {
      schemas.put(object.name(), FlowSchema.of(object));
    }
    List<FlowSchema> order =
        schemas.values().stream()
            .filter(schema -> levels.containsKey(schema.level()))
            .sorted(FlowSchema.ORDER)
            .toList();
    return new FlowConfig(order, levels);
  }

  private static List<KubeObject> objects(Image image, ResourceType type) {
    List<KubeObject> objects = new ArrayList<>();
    image.scan(type.qualifiedName(), "", null).forEachRemaining(each -> objects.add(object(each)));
    return objects;
  }

  private static KubeObject object(Stored stored) {
    return stored.object();
  }

  /** The schemas that lead to a level, in the order in which they are asked. */
  public List<FlowSchema> schemas() {
    return schemas;
  }

  /** All levels. */
  public List<Level> levels() {
    return List.copyOf(levels.values());
  }

  /**
   * The first schema that is about the request.
   *
   * @throws IllegalStateException never: the last schema is about all requests of all users
   */
  public FlowSchema match(Asked asked) {
    for (FlowSchema schema : schemas) {
      if (schema.matches(asked)) {
        return schema;
      }
    }
    return schemas.get(schemas.size() - 1);
  }
}
