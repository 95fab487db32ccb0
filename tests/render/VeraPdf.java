import java.io.File;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prints a line for each check that a PDF fails. Arguments: flavours, such as `ua1 2a`, a `--`, and files. */
class VeraPdf {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        int files = java.util.Arrays.asList(arguments).indexOf("--");
        for (int file = files + 1; file < arguments.length; file++) {
            for (int flavour = 0; flavour < files; flavour++) {
                validate(new File(arguments[file]), PDFAFlavour.fromString(arguments[flavour]));
            }
        }
    }

    private static void validate(File file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            for (TestAssertion check : result.getTestAssertions()) {
                System.out.println(file.getName() + " " + flavour + " " + check.getRuleId().getClause() + " "
                    + check.getMessage() + " " + check.getLocation().getContext());
            }
            if (result.getTotalAssertions() == 0) {
                throw new IllegalStateException("nothing was checked in " + file);
            }
            System.out.println(file.getName() + " " + flavour + " " + (result.isCompliant() ? "valid" : "invalid"));
        }
    }
}
