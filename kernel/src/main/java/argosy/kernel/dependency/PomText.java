package argosy.kernel.dependency;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Makes a whole POM of what notebooks write: a `dependency` as a README prints it, a list of them,
/// a few repositories, the same in YAML, or a whole POM.
final class PomText {

  private PomText() {}

  /// @throws IllegalArgumentException if the text is none of these
  static String whole(String text) {
    boolean isXml = text.stripLeading().startsWith("<");
    String body = isXml ? text.replaceFirst("^\\s*<\\?xml[^>]*\\?>", "") : YamlPom.toXml(text);
    Document document = parse("<project>" + body + "</project>");
    Element project = document.getDocumentElement();
    List<Element> children = elements(project);
    if (children.size() == 1 && children.getFirst().getTagName().equals("project")) {
      return body.strip();
    }
    Element dependencies = document.createElement("dependencies");
    Element repositories = document.createElement("repositories");
    for (Element child : children) {
      switch (child.getTagName()) {
        case "dependency" -> dependencies.appendChild(child);
        case "dependencies" -> moveChildren(child, dependencies);
        case "repository" -> repositories.appendChild(child);
        case "repositories" -> moveChildren(child, repositories);
        default -> {}
      }
    }
    project.appendChild(dependencies);
    project.appendChild(repositories);
    addMissing(project, "modelVersion", "4.0.0");
    addMissing(project, "groupId", "notebook");
    addMissing(project, "artifactId", "cell");
    addMissing(project, "version", "1");
    elements(repositories).forEach(PomText::nameIfUnnamed);
    return print(document);
  }

  /// A POM may have one list of each kind only, so the list that is emptied goes.
  private static void moveChildren(Element list, Element to) {
    elements(list).forEach(to::appendChild);
    list.getParentNode().removeChild(list);
  }

  private static void addMissing(Element parent, String name, String value) {
    if (elements(parent).stream().noneMatch(e -> e.getTagName().equals(name))) {
      Element element = parent.getOwnerDocument().createElement(name);
      element.setTextContent(value);
      parent.insertBefore(element, parent.getFirstChild());
    }
  }

  private static void nameIfUnnamed(Element repository) {
    elements(repository).stream()
        .filter(e -> e.getTagName().equals("url"))
        .findFirst()
        .ifPresent(url ->
            addMissing(repository, "id", url.getTextContent().strip().replaceAll("\\W+", "-")));
  }

  private static List<Element> elements(Element parent) {
    List<Element> result = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element element) {
        result.add(element);
      }
    }
    return result;
  }

  private static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Silent());
      return builder.parse(new InputSource(new StringReader(xml)));
    } catch (SAXException e) {
      throw new IllegalArgumentException("this is no POM: " + e.getMessage(), e);
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException("the XML parser failed", e);
    }
  }

  private static String print(Document document) {
    try {
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("the XML printer failed", e);
    }
  }

  /// The parser's own handler would print to the process's stderr.
  private static final class Silent implements ErrorHandler {

    @Override
    public void warning(SAXParseException exception) {}

    @Override
    public void error(SAXParseException exception) throws SAXParseException {
      throw exception;
    }

    @Override
    public void fatalError(SAXParseException exception) throws SAXParseException {
      throw exception;
    }
  }
}
