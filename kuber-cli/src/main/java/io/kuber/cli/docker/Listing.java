package io.kuber.cli.docker;

import io.kuber.cli.output.Columns;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * How a list is shown: a table with the headings of its fields, a text for each row, or JSON.
 *
 * @param headings of the fields, by their names
 * @param format of {@code --format}: {@code table ...}, {@code json}, or a template for each row
 */
record Listing(Tree headings, String format) {
  private static final String TABLE = "table";

  /** The least width of a column (docker/cli, formatter.go). */
  private static final int LEAST = 10;

  /** With what somebody has asked for, if anything. */
  static Listing of(Tree headings, String standard, String asked) {
    return new Listing(headings, asked.isEmpty() || asked.equals(TABLE) ? standard : asked);
  }

  /** Prints the rows; their fields are those that have headings. */
  void print(List<Tree> rows, PrintStream out) {
    if (format.equals("json")) {
      rows.forEach(row -> out.println(new String(Json.print(row), StandardCharsets.UTF_8)));
    } else if (format.startsWith(TABLE + " ")) {
      table(rows, format.substring(TABLE.length() + 1)).forEach(out::println);
    } else {
      Template template = Template.parse(tabs(format));
      rows.forEach(row -> out.println(template.render(row)));
    }
  }

  private List<String> table(List<Tree> rows, String format) {
    Template template = Template.parse(tabs(format));
    String[] names = cells(template.render(headings));
    Columns columns = new Columns(names).least(LEAST);
    rows.forEach(row -> columns.row(Arrays.copyOf(cells(template.render(row)), names.length)));
    return columns.lines();
  }

  private static String[] cells(String line) {
    return line.replace('\n', ' ').split("\t", -1);
  }

  private static String tabs(String format) {
    return format.replace("\\t", "\t").replace("\\n", "\n");
  }
}
