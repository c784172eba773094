package io.kuber.cli.docker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text with actions in double braces, as {@code --format} takes it: the part of Go's templates
 * that people use with Docker. Immutable.
 *
 * <p>Fields, variables of {@code range}, {@code if}, {@code with}, {@code else}, pipelines and the
 * functions of {@link TemplateFunctions}; anything else is refused when it is read.
 */
final class Template {
  private final List<Node> nodes;

  private Template(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** Reads a template; what it cannot do is a failure that says so. */
  static Template parse(String text) {
    return new Template(new TemplateParser(text).parse());
  }

  /** The text for a value of the object model. */
  String render(Object value) {
    StringBuilder out = new StringBuilder();
    Scope scope = new Scope(value, new HashMap<>(Map.of("$", value)));
    nodes.forEach(node -> node.render(scope, out));
    return out.toString();
  }

  /** What the dot and the variables are. */
  record Scope(Object dot, Map<String, Object> variables) {
    Scope at(Object value) {
      return new Scope(value, new HashMap<>(variables));
    }
  }

  /** A part of a template. */
  sealed interface Node {
    void render(Scope scope, StringBuilder out);
  }

  /** What stands there as it is. */
  record Text(String text) implements Node {
    @Override
    public void render(Scope scope, StringBuilder out) {
      out.append(text);
    }
  }

  /** A value, printed. */
  record Action(TemplatePipe pipe) implements Node {
    @Override
    public void render(Scope scope, StringBuilder out) {
      out.append(TemplateValues.text(pipe.value(scope), pipe.source()));
    }
  }

  /** One of two texts; with {@code with} the dot is what was asked about. */
  record Choice(TemplatePipe pipe, boolean moves, List<Node> then, List<Node> otherwise)
      implements Node {
    @Override
    public void render(Scope scope, StringBuilder out) {
      Object value = pipe.value(scope);
      boolean holds = TemplateValues.holds(value);
      Scope inside = holds && moves ? scope.at(value) : scope;
      (holds ? then : otherwise).forEach(node -> node.render(inside, out));
    }
  }

  /** A text for each item of a list or field of an object, in the order of the names. */
  record Range(String key, String item, TemplatePipe pipe, List<Node> body, List<Node> otherwise)
      implements Node {
    @Override
    public void render(Scope scope, StringBuilder out) {
      List<Map.Entry<Object, Object>> entries = TemplateValues.entries(pipe.value(scope));
      for (Map.Entry<Object, Object> entry : entries) {
        Scope inside = scope.at(entry.getValue());
        inside.variables().put(key, entry.getKey());
        inside.variables().put(item, entry.getValue());
        body.forEach(node -> node.render(inside, out));
      }
      if (entries.isEmpty()) {
        otherwise.forEach(node -> node.render(scope, out));
      }
    }
  }
}
