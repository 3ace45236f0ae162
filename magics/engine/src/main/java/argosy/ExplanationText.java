package argosy;

import argosy.Explanation.Part;
import argosy.Explanation.ShippedClass;
import argosy.Explanation.Write;
import java.util.List;
import java.util.Locale;

/// An [Explanation] as text: the tree, and then what there is to say in a few lines.
final class ExplanationText {

  private final Explanation explanation;
  private final StringBuilder text = new StringBuilder();

  ExplanationText(Explanation explanation) {
    this.explanation = explanation;
    text.append(explanation.root().text()).append('\n');
    parts(explanation.root().parts(), "");
    summary();
    workers();
    writes();
    explanation.hints().forEach(hint -> text.append("hint: ").append(hint).append('\n'));
  }

  private void parts(List<Part> parts, String indent) {
    for (int i = 0; i < parts.size(); i++) {
      boolean isLast = i == parts.size() - 1;
      Part part = parts.get(i);
      text.append(indent).append(isLast ? "└─ " : "├─ ").append(part.text()).append('\n');
      parts(part.parts(), indent + (isLast ? "   " : "│  "));
    }
  }

  private void summary() {
    List<ShippedClass> classes = explanation.classes();
    long classBytes = classes.stream().mapToLong(ShippedClass::bytes).sum();
    text.append("ships: ")
        .append(count(explanation.variables().size(), "value", "values"))
        .append(" of ")
        .append(bytes(explanation.valueBytes()))
        .append(", ")
        .append(count(classes.size(), "class", "classes"))
        .append(" of ")
        .append(bytes(classBytes))
        .append('\n');
    if (!explanation.jars().isEmpty()) {
      text.append("jars: ").append(String.join(", ", explanation.jars())).append('\n');
    }
  }

  private void workers() {
    int workers = explanation.workers();
    if (workers == 0) {
      text.append("workers: none run yet, so all of it will be sent\n");
      return;
    }
    long known = explanation.classes().stream().filter(each -> each.informed() == workers).count();
    String have =
        explanation.informed() == workers
            ? "all have everything"
            : explanation.informed() > 0
                ? explanation.informed() + " have everything"
                : known > 0
                    ? "all have " + count(known, "class", "classes") + " of it"
                    : "none has any of it";
    text.append("workers: ").append(workers).append(" run; ").append(have).append('\n');
  }

  private void writes() {
    if (explanation.writes().isEmpty()) {
      text.append("tasks change: nothing that is captured\n");
      return;
    }
    text.append("tasks change, each in its own copy:\n");
    for (Write write : explanation.writes()) {
      text.append("  ")
          .append(write.name())
          .append(": ")
          .append(write.how())
          .append(", ")
          .append(write.place())
          .append('\n');
    }
  }

  private static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  static String bytes(long bytes) {
    if (bytes < 1_000) {
      return count(bytes, "byte", "bytes");
    }
    String[] units = {"kB", "MB", "GB", "TB"};
    double value = bytes / 1e3;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1e3;
      unit++;
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  @Override
  public String toString() {
    return text.toString().stripTrailing();
  }
}
