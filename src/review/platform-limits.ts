/** Characters of a comment's or a review's body; a longer one is refused ("Body is too long"). https://docs.github.com/rest/pulls/reviews */
export const MAX_BODY_LENGTH = 65_536;

/** Characters of a check run's summary and of its text, each; longer ones are refused. https://docs.github.com/rest/checks/runs#create-a-check-run */
export const MAX_OUTPUT_LENGTH = 65_535;

/** Characters of an annotation's title; a longer one is refused. https://docs.github.com/rest/checks/runs#create-a-check-run */
export const MAX_ANNOTATION_TITLE_LENGTH = 255;

/** UTF-16 units of an annotation's message, and of its raw details: so many always fit into the 64 KB of UTF-8 above which GitHub refuses. https://docs.github.com/rest/checks/runs#create-a-check-run */
export const MAX_ANNOTATION_LENGTH = Math.floor((64 * 1_024) / 3);
