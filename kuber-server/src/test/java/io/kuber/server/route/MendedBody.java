package io.kuber.server.route;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a body better by what the server says is wrong with it: required fields are drawn, of the
 * values there are one is chosen, and what may not be is drawn again or left out.
 */
final class MendedBody {
  private static final Pattern STEP = Pattern.compile("\\[([^\\]]*)]|([^.\\[\\]]+)");
  private static final Pattern CHOICE = Pattern.compile("\"([^\"]+)\"");

  private final Random random;
  private final DrawnBody bodies;

  MendedBody(Random random, DrawnBody bodies) {
    this.random = random;
    this.bodies = bodies;
  }

  /** What stays of a body once its causes are heeded. */
  Tree mended(Tree body, TypeSchema type, Tree status) {
    Tree better = body;
    for (Tree cause : status.items("details", "causes").trees()) {
      Object changed = mended(better, type, steps(cause.text("field")), 0, cause);
      better = changed instanceof Tree tree ? tree : better;
    }
    return better;
  }

  private static List<String> steps(String field) {
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(field);
    while (step.find()) {
      steps.add(step.group(1) == null ? step.group(2) : step.group(1));
    }
    return steps;
  }

  private Object mended(Object value, Shape shape, List<String> steps, int at, Tree cause) {
    if (at == steps.size()) {
      return better(value, shape, cause);
    }
    String step = steps.get(at);
    if (value instanceof Items items && shape instanceof Listed list) {
      return step.matches("\\d{1,4}") && Integer.parseInt(step) < items.size()
          ? inItem(items, list, steps, at, cause)
          : items;
    }
    Shape inner = inner(shape, step);
    if (!(value instanceof Tree tree) || inner == null) {
      return value;
    }
    boolean isLast = at == steps.size() - 1;
    boolean isRequired = cause.text("reason").equals("FieldValueRequired");
    Object old = tree.get(step);
    if (old == null) {
      return isRequired ? tree.with(step, bodies.value(inner, at + 1)) : tree;
    }
    boolean leaveOut = isLast && !isRequired && !choice(cause) && random.nextBoolean();
    return leaveOut
        ? tree.without(step)
        : tree.with(step, mended(old, inner, steps, at + 1, cause));
  }

  private Object inItem(Items items, Listed list, List<String> steps, int at, Tree cause) {
    int index = Integer.parseInt(steps.get(at));
    return items.with(index, mended(items.get(index), list.element(), steps, at + 1, cause));
  }

  private static @Nullable Shape inner(Shape shape, String step) {
    if (shape instanceof TypeSchema type) {
      Field field = type.field(step);
      return field == null ? null : field.shape();
    }
    return shape instanceof Mapped map ? map.value() : null;
  }

  private static boolean choice(Tree cause) {
    return cause.text("reason").equals("FieldValueNotSupported");
  }

  private Object better(Object value, Shape shape, Tree cause) {
    if (!choice(cause)) {
      return bodies.value(shape, 1);
    }
    String message = cause.text("message");
    List<String> choices = new ArrayList<>();
    Matcher choice = CHOICE.matcher(message.substring(message.indexOf("supported values") + 1));
    while (choice.find()) {
      choices.add(choice.group(1));
    }
    return choices.isEmpty() || !(value instanceof String)
        ? bodies.value(shape, 1)
        : choices.get(random.nextInt(choices.size()));
  }
}
