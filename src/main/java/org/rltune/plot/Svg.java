package org.rltune.plot;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Draws a chart as SVG. */
final class Svg {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    /** A tenth of a pixel is finer than any line. */
    private static final int DECIMALS = 2;

    private Svg() {}

    /**
     * Returns a document.
     *
     * @param name begins every id, so that several pictures can stand in one page
     */
    static String of(String name, JFreeChart chart, int width, int height) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setPrecision(DECIMALS);
        context.setComment("rltune");
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return name + "-" + super.generateID(prefix);
            }
        });
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        Element root = graphics.getRoot();
        root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
        NodeList definitions = root.getElementsByTagNameNS(NAMESPACE, "defs");
        for (int i = 0; i < definitions.getLength(); i++) {
            if (definitions.item(i) instanceof Element element
                    && !element.getAttribute("id").startsWith(name)) {
                element.setAttributeNS(null, "id", name + "-" + element.getAttribute("id"));
            }
        }
        StringWriter text = new StringWriter();
        try {
            graphics.stream(root, text, true, false);
        } catch (SVGGraphics2DIOException e) {
            throw new IllegalStateException("An SVG could not be made in memory: " + e, e);
        }
        return withoutControls(text.toString());
    }

    /** XML has no place for control characters, not even escaped. */
    private static String withoutControls(String text) {
        if (text.codePoints().allMatch(Html::isCharacter)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(code -> clean.appendCodePoint(Html.isCharacter(code) ? code : 0xFFFD));
        return clean.toString();
    }

    /** Returns the {@code svg} element of a document, without what stands before it, for a place in a page. */
    static String inline(String document) {
        int start = document.indexOf("<svg");
        if (start < 0) {
            throw new IllegalArgumentException("The document has no <svg>. Give one that Svg.of made.");
        }
        return document.substring(start);
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("This JDK makes no XML documents (module java.xml): " + e, e);
        }
    }
}
