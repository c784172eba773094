package io.kuber.node.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster of objects that a test puts there. */
final class FakeSources implements VolumeSources {
  private final Map<String, KubeObject> objects = new HashMap<>();
  private int tokens;
  private boolean selected = true;

  static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(UTF_8));
  }

  void put(ResourceType type, String name, String yaml) {
    objects.put(type.qualifiedName() + "/" + name, KubeObject.of(yaml(yaml)));
  }

  void remove(ResourceType type, String name) {
    objects.remove(type.qualifiedName() + "/" + name);
  }

  /** Says that this node is not one of those that selectors select. */
  void beElsewhere() {
    selected = false;
  }

  @Override
  public Optional<KubeObject> find(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(objects.get(type.qualifiedName() + "/" + name));
  }

  @Override
  public String own(Tree item) {
    return item.text("fieldRef", "fieldPath");
  }

  @Override
  public String token(String audience, long expirationSeconds) {
    tokens++;
    return "token " + tokens + " for " + audience + " of " + expirationSeconds + " s";
  }

  @Override
  public List<Path> image(String reference) {
    return List.of(Path.of("/images", reference, "top"), Path.of("/images", reference, "base"));
  }

  @Override
  public Path kept(String volume) {
    return Path.of("/kept", volume);
  }

  @Override
  public boolean isSelected(Tree nodeSelector) {
    return selected;
  }
}
