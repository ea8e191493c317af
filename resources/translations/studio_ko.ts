<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About Tryon Studio</source>
            <translation>Tryon Studio 정보</translation>
        </message>
        <message>
            <source>Version {version}</source>
            <translation>버전 {version}</translation>
        </message>
        <message>
            <source>Virtual try-on after VITON-HD (Choi et al., CVPR 2021): a person and a garment in, a picture out.</source>
            <translation>VITON-HD(Choi 외, CVPR 2021) 방식의 가상 피팅입니다. 사람과 옷 사진을 넣으면 입은 모습을 만들어 줍니다.</translation>
        </message>
        <message>
            <source>Everything is computed on this machine. Nothing leaves it.</source>
            <translation>모든 계산은 이 컴퓨터에서 이루어지며, 아무것도 밖으로 나가지 않습니다.</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>구성 요소</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>라이선스</translation>
        </message>
        <message>
            <source>Parts and their licences</source>
            <translation>구성 요소와 라이선스</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>자세한 정보 복사</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>Canvas</source>
            <translation>캔버스</translation>
        </message>
        <message>
            <source>Arrow keys move the picture, plus and minus zoom, 0 fits it, 1 shows it pixel for pixel.</source>
            <translation>화살표 키로 그림을 옮기고, 더하기와 빼기로 확대·축소하며, 0은 창에 맞추고 1은 실제 픽셀로 봅니다.</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>원본</translation>
        </message>
    </context>
    <context>
        <name>CanvasBar</name>
        <message>
            <source>Zoom out</source>
            <translation>축소</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>확대</translation>
        </message>
        <message>
            <source>Fit to window</source>
            <translation>창에 맞추기</translation>
        </message>
        <message>
            <source>Pixel for pixel</source>
            <translation>실제 픽셀</translation>
        </message>
        <message>
            <source>One picture</source>
            <translation>그림 하나만</translation>
        </message>
        <message>
            <source>Swipe between both</source>
            <translation>밀어서 비교</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>나란히 비교</translation>
        </message>
        <message>
            <source>Blink</source>
            <translation>번갈아 보기</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>차이 보기</translation>
        </message>
        <message>
            <source>Overlays</source>
            <translation>겹쳐 보기</translation>
        </message>
        <message>
            <source>What lies over the picture</source>
            <translation>그림 위에 겹쳐 볼 것</translation>
        </message>
        <message>
            <source>{percent} %</source>
            <translation>{percent}%</translation>
        </message>
        <message>
            <source>Zoom: {percent} %. Click for pixel for pixel</source>
            <translation>배율 {percent}%. 누르면 실제 픽셀로 봅니다</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>Copy details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try-on studio</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Doubt</name>
        <message>
            <source>The photo shows several people; the largest was taken. Click the box of another to choose it.</source>
            <translation>사진에 여러 사람이 있어 가장 크게 나온 사람을 골랐습니다. 다른 사람을 고르려면 그 사람의 상자를 누르세요.</translation>
        </message>
        <message>
            <source>The person seems to be seen from behind; the garment will be laid on as if from the front.</source>
            <translation>뒷모습으로 보입니다. 옷은 앞모습이라고 보고 입힙니다.</translation>
        </message>
        <message>
            <source>The person is turned to the side; try-ons work best from the front.</source>
            <translation>몸이 옆을 향하고 있습니다. 정면 사진에서 결과가 가장 좋습니다.</translation>
        </message>
        <message>
            <source>The person does not stand or sit upright; turn the photo if it lies on its side.</source>
            <translation>서 있거나 바르게 앉은 자세가 아닙니다. 사진이 옆으로 누워 있다면 돌려 주세요.</translation>
        </message>
        <message>
            <source>The arms lie over the chest; the garment may be wrong where they cover it.</source>
            <translation>팔이 가슴을 가리고 있습니다. 가려진 부분의 옷은 틀릴 수 있습니다.</translation>
        </message>
        <message>
            <source>Hair falls over the chest; its ends may be painted over.</source>
            <translation>머리카락이 가슴까지 내려옵니다. 머리카락 끝이 옷에 덮일 수 있습니다.</translation>
        </message>
        <message>
            <source>A coat or an open jacket is worn; its outline may remain around the new garment.</source>
            <translation>외투나 앞이 열린 재킷을 입고 있습니다. 새 옷 둘레에 그 윤곽이 남을 수 있습니다.</translation>
        </message>
        <message>
            <source>A dress is worn; what should be seen below the new top is a guess.</source>
            <translation>원피스를 입고 있습니다. 새 상의 아래쪽은 짐작으로 채웁니다.</translation>
        </message>
        <message>
            <source>Something hides much of the upper body; the garment may be wrong there.</source>
            <translation>무언가가 상체를 많이 가리고 있습니다. 그 부분의 옷은 틀릴 수 있습니다.</translation>
        </message>
        <message>
            <source>The hips are not in the photo; where the garment ends is a guess.</source>
            <translation>엉덩이가 사진에 나오지 않습니다. 옷이 끝나는 곳은 짐작한 것입니다.</translation>
        </message>
        <message>
            <source>A shoulder was not found; its place is a guess.</source>
            <translation>한쪽 어깨를 찾지 못해 위치를 짐작했습니다.</translation>
        </message>
        <message>
            <source>The head is cut off or was not found; the neckline may be wrong.</source>
            <translation>머리가 잘렸거나 찾지 못했습니다. 목둘레가 틀릴 수 있습니다.</translation>
        </message>
        <message>
            <source>Pose and parse are uncertain; look at them before you trust the result.</source>
            <translation>자세와 영역 분할이 확실하지 않습니다. 결과를 믿기 전에 확인해 주세요.</translation>
        </message>
        <message>
            <source>The person is small in the photo; the result will be less sharp than from a closer photo.</source>
            <translation>사진 속 사람이 작습니다. 더 가까이서 찍은 사진보다 결과가 흐릿합니다.</translation>
        </message>
        <message>
            <source>The garment could not be laid onto the body well; parts of it are made up.</source>
            <translation>옷을 몸에 잘 맞추지 못했습니다. 일부는 지어낸 것입니다.</translation>
        </message>
        <message>
            <source>The garment was bent strongly to fit the pose; its pattern may look wrong.</source>
            <translation>자세에 맞추느라 옷을 많이 구부렸습니다. 무늬가 어색할 수 있습니다.</translation>
        </message>
        <message>
            <source>Garment and background are hard to tell apart; look at the mask.</source>
            <translation>옷과 배경이 잘 구분되지 않습니다. 마스크를 확인해 주세요.</translation>
        </message>
        <message>
            <source>The garment reaches over the edge of its photo; what is missing is made up.</source>
            <translation>옷이 사진 밖으로 잘려 있습니다. 없는 부분은 지어낸 것입니다.</translation>
        </message>
        <message>
            <source>The garment is small in its photo; fine details will be missing.</source>
            <translation>사진 속 옷이 작습니다. 세밀한 부분은 나타나지 않습니다.</translation>
        </message>
        <message>
            <source>The garment's photo shows skin; a photo of the garment alone works better.</source>
            <translation>옷 사진에 피부가 보입니다. 옷만 찍은 사진이 더 좋습니다.</translation>
        </message>
    </context>
    <context>
        <name>EditBar</name>
        <message>
            <source>Move the picture</source>
            <translation>그림 옮기기</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>붓</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>지우개</translation>
        </message>
        <message>
            <source>Move joints</source>
            <translation>관절 옮기기</translation>
        </message>
        <message>
            <source>Move control points</source>
            <translation>제어점 옮기기</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>크기</translation>
        </message>
        <message>
            <source>Brush size</source>
            <translation>붓 크기</translation>
        </message>
        <message>
            <source>Brush size ([ and ])</source>
            <translation>붓 크기 ([ 와 ])</translation>
        </message>
        <message>
            <source>Undo all edits</source>
            <translation>모든 수정 되돌리기</translation>
        </message>
        <message>
            <source>Go back to what was computed</source>
            <translation>계산된 상태로 돌아갑니다</translation>
        </message>
        <message>
            <source>{pixels} px</source>
            <translation>{pixels} px</translation>
        </message>
    </context>
    <context>
        <name>FolderField</name>
        <message>
            <source>Browse…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Browse for a folder</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>GarmentRail</name>
        <message>
            <source>waiting</source>
            <translation>대기 중</translation>
        </message>
        <message>
            <source>being tried on</source>
            <translation>입혀 보는 중</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>완료</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>실패</translation>
        </message>
        <message>
            <source>Garments</source>
            <translation>옷 목록</translation>
        </message>
        <message>
            <source>Try on</source>
            <translation>입혀 보기</translation>
        </message>
        <message>
            <source>Remove from the rail</source>
            <translation>목록에서 빼기</translation>
        </message>
    </context>
    <context>
        <name>HistoryRail</name>
        <message>
            <source>History</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>Delete all of the history</source>
            <translation>기록 모두 삭제</translation>
        </message>
        <message>
            <source>Nothing yet</source>
            <translation>아직 없습니다</translation>
        </message>
        <message>
            <source>Every try-on is kept here, on this machine only.</source>
            <translation>입혀 본 결과가 여기에 쌓입니다. 이 컴퓨터에만 저장됩니다.</translation>
        </message>
        <message>
            <source>Open again</source>
            <translation>다시 열기</translation>
        </message>
        <message>
            <source>Compare with what is shown</source>
            <translation>지금 그림과 비교</translation>
        </message>
        <message>
            <source>Use seed {seed}</source>
            <translation>시드 {seed} 쓰기</translation>
        </message>
        <message>
            <source>Save picture…</source>
            <translation>그림 저장…</translation>
        </message>
        <message>
            <source>Copy picture</source>
            <translation>그림 복사</translation>
        </message>
        <message>
            <source>Export all stages…</source>
            <translation>모든 단계 내보내기…</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>삭제</translation>
        </message>
        <message>
            <source>Seed {seed}</source>
            <translation>시드 {seed}</translation>
        </message>
    </context>
    <context>
        <name>JobProgress</name>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>진행 상황</translation>
        </message>
    </context>
    <context>
        <name>Joint</name>
        <message>
            <source>Nose</source>
            <translation>코</translation>
        </message>
        <message>
            <source>Neck</source>
            <translation>목</translation>
        </message>
        <message>
            <source>Right shoulder</source>
            <translation>오른쪽 어깨</translation>
        </message>
        <message>
            <source>Right elbow</source>
            <translation>오른쪽 팔꿈치</translation>
        </message>
        <message>
            <source>Right wrist</source>
            <translation>오른쪽 손목</translation>
        </message>
        <message>
            <source>Left shoulder</source>
            <translation>왼쪽 어깨</translation>
        </message>
        <message>
            <source>Left elbow</source>
            <translation>왼쪽 팔꿈치</translation>
        </message>
        <message>
            <source>Left wrist</source>
            <translation>왼쪽 손목</translation>
        </message>
        <message>
            <source>Middle of the hips</source>
            <translation>골반 가운데</translation>
        </message>
        <message>
            <source>Right hip</source>
            <translation>오른쪽 골반</translation>
        </message>
        <message>
            <source>Right knee</source>
            <translation>오른쪽 무릎</translation>
        </message>
        <message>
            <source>Right ankle</source>
            <translation>오른쪽 발목</translation>
        </message>
        <message>
            <source>Left hip</source>
            <translation>왼쪽 골반</translation>
        </message>
        <message>
            <source>Left knee</source>
            <translation>왼쪽 무릎</translation>
        </message>
        <message>
            <source>Left ankle</source>
            <translation>왼쪽 발목</translation>
        </message>
        <message>
            <source>Right eye</source>
            <translation>오른쪽 눈</translation>
        </message>
        <message>
            <source>Left eye</source>
            <translation>왼쪽 눈</translation>
        </message>
        <message>
            <source>Right ear</source>
            <translation>오른쪽 귀</translation>
        </message>
        <message>
            <source>Left ear</source>
            <translation>왼쪽 귀</translation>
        </message>
        <message>
            <source>Left big toe</source>
            <translation>왼쪽 엄지발가락</translation>
        </message>
        <message>
            <source>Left small toe</source>
            <translation>왼쪽 새끼발가락</translation>
        </message>
        <message>
            <source>Left heel</source>
            <translation>왼쪽 발뒤꿈치</translation>
        </message>
        <message>
            <source>Right big toe</source>
            <translation>오른쪽 엄지발가락</translation>
        </message>
        <message>
            <source>Right small toe</source>
            <translation>오른쪽 새끼발가락</translation>
        </message>
        <message>
            <source>Right heel</source>
            <translation>오른쪽 발뒤꿈치</translation>
        </message>
    </context>
    <context>
        <name>Label</name>
        <message>
            <source>Background</source>
            <translation>배경</translation>
        </message>
        <message>
            <source>Hat</source>
            <translation>모자</translation>
        </message>
        <message>
            <source>Hair</source>
            <translation>머리카락</translation>
        </message>
        <message>
            <source>Glove</source>
            <translation>장갑</translation>
        </message>
        <message>
            <source>Sunglasses</source>
            <translation>선글라스</translation>
        </message>
        <message>
            <source>Upper clothes</source>
            <translation>상의</translation>
        </message>
        <message>
            <source>Dress</source>
            <translation>원피스</translation>
        </message>
        <message>
            <source>Coat</source>
            <translation>외투</translation>
        </message>
        <message>
            <source>Socks</source>
            <translation>양말</translation>
        </message>
        <message>
            <source>Trousers</source>
            <translation>바지</translation>
        </message>
        <message>
            <source>Neck</source>
            <translation>목</translation>
        </message>
        <message>
            <source>Scarf</source>
            <translation>스카프</translation>
        </message>
        <message>
            <source>Skirt</source>
            <translation>치마</translation>
        </message>
        <message>
            <source>Face</source>
            <translation>얼굴</translation>
        </message>
        <message>
            <source>Left arm</source>
            <translation>왼팔</translation>
        </message>
        <message>
            <source>Right arm</source>
            <translation>오른팔</translation>
        </message>
        <message>
            <source>Left leg</source>
            <translation>왼다리</translation>
        </message>
        <message>
            <source>Right leg</source>
            <translation>오른다리</translation>
        </message>
        <message>
            <source>Left shoe</source>
            <translation>왼쪽 신발</translation>
        </message>
        <message>
            <source>Right shoe</source>
            <translation>오른쪽 신발</translation>
        </message>
        <message>
            <source>Lower clothes</source>
            <translation>하의</translation>
        </message>
        <message>
            <source>Not known</source>
            <translation>알 수 없음</translation>
        </message>
        <message>
            <source>Kept from the photo</source>
            <translation>사진 그대로 둠</translation>
        </message>
        <message>
            <source>Garment</source>
            <translation>옷</translation>
        </message>
    </context>
    <context>
        <name>Legend</name>
        <message>
            <source>Labels</source>
            <translation>영역 이름</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>모두 보기</translation>
        </message>
        <message>
            <source>{label}: click to paint with it, double-click to see it alone</source>
            <translation>{label}: 누르면 이 영역으로 칠하고, 두 번 누르면 이 영역만 봅니다</translation>
        </message>
        <message>
            <source>Hide {label}</source>
            <translation>{label} 숨기기</translation>
        </message>
        <message>
            <source>Show {label}</source>
            <translation>{label} 보이기</translation>
        </message>
    </context>
    <context>
        <name>NoticeCard</name>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>주의</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>오류</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>알림</translation>
        </message>
    </context>
    <context>
        <name>Notices</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n개 더 보기</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>OverlayMenu</name>
        <message>
            <source>Opacity of {overlay}</source>
            <translation>{overlay} 불투명도</translation>
        </message>
    </context>
    <context>
        <name>RunPanel</name>
        <message>
            <source>Try on</source>
            <translation>입혀 보기</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>Another seed gives another variation of what is made up</source>
            <translation>시드를 바꾸면 새로 채워지는 부분이 달라집니다</translation>
        </message>
        <message>
            <source>Random seed</source>
            <translation>무작위 시드</translation>
        </message>
    </context>
    <context>
        <name>ShortStage</name>
        <message>
            <source>Photo</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>Pose</source>
            <translation>자세</translation>
        </message>
        <message>
            <source>Parse</source>
            <translation>영역</translation>
        </message>
        <message>
            <source>Bare</source>
            <translation>옷 제거</translation>
        </message>
        <message>
            <source>Mask</source>
            <translation>마스크</translation>
        </message>
        <message>
            <source>Layout</source>
            <translation>예측</translation>
        </message>
        <message>
            <source>Warp</source>
            <translation>변형</translation>
        </message>
        <message>
            <source>Gaps</source>
            <translation>어긋남</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>결과</translation>
        </message>
    </context>
    <context>
        <name>Stage</name>
        <message>
            <source>Photo</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>Pose</source>
            <translation>자세</translation>
        </message>
        <message>
            <source>Parse</source>
            <translation>영역 분할</translation>
        </message>
        <message>
            <source>Agnostic</source>
            <translation>옷 지움</translation>
        </message>
        <message>
            <source>Garment mask</source>
            <translation>옷 마스크</translation>
        </message>
        <message>
            <source>Segmentation</source>
            <translation>예측 영역</translation>
        </message>
        <message>
            <source>Warped cloth</source>
            <translation>변형된 옷</translation>
        </message>
        <message>
            <source>Misalignment</source>
            <translation>어긋남</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>결과</translation>
        </message>
        <message>
            <source>The photo of the person, framed</source>
            <translation>틀에 맞춘 사람 사진</translation>
        </message>
        <message>
            <source>Where the joints are; drag a joint to correct it</source>
            <translation>관절의 위치입니다. 관절을 끌어 고칠 수 있습니다</translation>
        </message>
        <message>
            <source>Which part of the person every pixel is; brush to correct it</source>
            <translation>픽셀마다 몸의 어느 부분인지 보여 줍니다. 붓으로 고칠 수 있습니다</translation>
        </message>
        <message>
            <source>The person without the clothes that will be replaced</source>
            <translation>갈아입힐 옷을 지운 사람</translation>
        </message>
        <message>
            <source>What of the garment photo is garment; brush to correct it</source>
            <translation>옷 사진에서 옷인 부분입니다. 붓으로 고칠 수 있습니다</translation>
        </message>
        <message>
            <source>How the parts will lie with the new garment on, as predicted</source>
            <translation>새 옷을 입었을 때 각 영역이 놓일 모습을 예측한 것</translation>
        </message>
        <message>
            <source>The garment bent onto the body; drag a control point to correct it</source>
            <translation>몸에 맞게 구부린 옷입니다. 제어점을 끌어 고칠 수 있습니다</translation>
        </message>
        <message>
            <source>Where the bent garment fails to cover the clothes</source>
            <translation>구부린 옷이 덮지 못하는 부분</translation>
        </message>
        <message>
            <source>The person in the new garment</source>
            <translation>새 옷을 입은 사람</translation>
        </message>
    </context>
    <context>
        <name>StagePage</name>
        <message>
            <source>Original</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Undo all edits of {stage}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edit {stage}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only a file can replace a stage.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StageStrip</name>
        <message>
            <source>Stages</source>
            <translation>단계</translation>
        </message>
        <message>
            <source>not computed yet</source>
            <translation>아직 계산하지 않음</translation>
        </message>
        <message>
            <source>out of date, is computed with the next try-on</source>
            <translation>바뀐 내용이 있어 다음번에 다시 계산</translation>
        </message>
        <message>
            <source>being computed</source>
            <translation>계산 중</translation>
        </message>
        <message>
            <source>up to date</source>
            <translation>최신</translation>
        </message>
        <message>
            <source>edited by you</source>
            <translation>직접 수정함</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>실패</translation>
        </message>
        <message>
            <source>Show on the canvas</source>
            <translation>캔버스에 보기</translation>
        </message>
        <message>
            <source>Save this stage…</source>
            <translation>이 단계 저장…</translation>
        </message>
        <message>
            <source>Undo all edits</source>
            <translation>모든 수정 되돌리기</translation>
        </message>
        <message>
            <source>{stage}, {state}</source>
            <translation>{stage}, {state}</translation>
        </message>
        <message>
            <source>Drop a PNG here to replace it.</source>
            <translation>PNG를 여기에 놓으면 바꿀 수 있습니다.</translation>
        </message>
        <message>
            <source>Drop a JSON here to replace it.</source>
            <translation>JSON을 여기에 놓으면 바꿀 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message>
            <source>Status</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Device: {name}</source>
            <translation>장치: {name}</translation>
        </message>
        <message>
            <source>Device that computes</source>
            <translation>계산하는 장치</translation>
        </message>
        <message>
            <source>Memory in use by the engine</source>
            <translation>엔진이 쓰는 메모리</translation>
        </message>
        <message>
            <source>No weights</source>
            <translation>가중치 없음</translation>
        </message>
        <message>
            <source>Weight pack in use</source>
            <translation>사용 중인 가중치 팩</translation>
        </message>
        <message>
            <source>untrained</source>
            <translation>학습 전</translation>
        </message>
        <message>
            <source>{joint} (guessed)</source>
            <translation>{joint} (추정)</translation>
        </message>
        <message>
            <source>{joint} ({percent} % sure)</source>
            <translation>{joint} (확신도 {percent}%)</translation>
        </message>
    </context>
    <context>
        <name>Studio</name>
        <message>
            <source>There is no picture in {name}.</source>
            <translation>{name}에 그림이 없습니다.</translation>
        </message>
        <message>
            <source>Change garment</source>
            <translation>옷 바꾸기</translation>
        </message>
        <message>
            <source>Remove person</source>
            <translation>사람 빼기</translation>
        </message>
        <message>
            <source>Remove garment</source>
            <translation>옷 빼기</translation>
        </message>
        <message>
            <source>person</source>
            <translation>사람</translation>
        </message>
        <message>
            <source>garment</source>
            <translation>옷</translation>
        </message>
        <message>
            <source>Taken for the {kind}; drop it on the other field if it is not.</source>
            <translation>{kind} 사진으로 보고 넣었습니다. 아니라면 다른 칸에 놓아 주세요.</translation>
        </message>
        <message>
            <source>Change person</source>
            <translation>사람 바꾸기</translation>
        </message>
        <message>
            <source>Replace {name}</source>
            <translation>{name} 바꾸기</translation>
        </message>
    </context>
    <context>
        <name>TrainForm</name>
        <message>
            <source>Nothing: random weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder of the data set</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder that holds train/image, train/cloth …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Data folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Of the run, and of the weight pack that can be made of it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fewer leave more of the CPU to the window and to other programs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Threads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How often the weights are corrected. More is better, up to a point; stopping early keeps them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pairs looked at in a step. More is steadier, and takes more memory and time.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Batch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Preset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start &amp;from</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This pack's geometric matching bends the garments that the generator learns on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Warps by</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This network always works at this size, whatever the size of the photos.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>P&amp;icture size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>P&amp;recision</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>De&amp;vice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Learns from nothing. A pack as the start needs far fewer steps.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Goes on from the weights of this pack, at its width. Licence: {licence}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{free} of {total} of memory free</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Training</name>
        <message>
            <source>Person analysis</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Garment mask</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Segmentation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Geometric matching</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ALIAS generator</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finds body parts and joints in a photo of a person.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cuts the garment out of its product photo.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Predicts how the body parts lie with the new garment on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bends the garment so that it fits the person.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paints the final picture from the bent garment and the person.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try-out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Small</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As published</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A minute or two, to see that everything works. The weights are of no use.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The recipe of the weights that come with this program; hours on a CPU.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The recipe of the paper at full width; days, and a graphics card.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the preset says</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>192 × 256 pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Up to 384 × 512 pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Up to 768 × 1024 pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The preset decides how large the pictures become and when.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Quick and coarse; good for a first look.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Half of the steps small, half of them at draft size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Begins small and ends at full size: the slowest and the sharpest.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Full (fp32)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Half, wide range (bf16)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Half (fp16)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Works everywhere and is exact.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Less memory and faster on recent graphics cards; slower on most CPUs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Less memory and faster on graphics cards; now and then a run has to be resumed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Preparing the data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pausing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopping, keeps the weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancelling</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paused</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finished</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopped early</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ended without a word</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancelled</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose the folder of a data set to train on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The data is still being checked.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only {detail} pairs can be learned from. Add pairs, repair broken ones, or make the batch smaller.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Give the run a name of letters, digits, dots, dashes and underscores.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is a run of this name already; choose another name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The generator learns on bent garments: train geometric matching first, or import a pack that has it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This computer has no such device: {detail}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This device cannot train in {detail}; choose full precision.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Less than 1 GB is free on the disk of the runs; free some space.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This would need {detail} of memory, more than is free; choose a smaller batch.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The recipes are still being read.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Well</name>
        <message>
            <source>Person</source>
            <translation>사람</translation>
        </message>
        <message>
            <source>Garment</source>
            <translation>옷</translation>
        </message>
        <message>
            <source>Drop a photo of a person</source>
            <translation>사람 사진을 여기에 놓으세요</translation>
        </message>
        <message>
            <source>Drop a photo of a garment</source>
            <translation>옷 사진을 여기에 놓으세요</translation>
        </message>
        <message>
            <source>Facing the camera, arms beside the body</source>
            <translation>정면을 보고 팔을 내린 사진이 좋습니다</translation>
        </message>
        <message>
            <source>Lying flat or on its own; a folder makes a rail</source>
            <translation>펼쳐 놓은 옷 사진이나 옷 폴더</translation>
        </message>
        <message>
            <source>Open…</source>
            <translation>열기…</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>예시</translation>
        </message>
        <message>
            <source>Open a photo…</source>
            <translation>사진 열기…</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>붙여넣기</translation>
        </message>
        <message>
            <source>Recent photos</source>
            <translation>최근 사진</translation>
        </message>
        <message>
            <source>Remove the photo</source>
            <translation>사진 빼기</translation>
        </message>
        <message>
            <source>Stop the analysis</source>
            <translation>분석 멈추기</translation>
        </message>
        <message>
            <source>Photo of the person</source>
            <translation>사람 사진</translation>
        </message>
        <message>
            <source>Photo of the garment</source>
            <translation>옷 사진</translation>
        </message>
        <message>
            <source>Show on the canvas</source>
            <translation>캔버스에 보기</translation>
        </message>
        <message>
            <source>Open a folder of garments…</source>
            <translation>옷 폴더 열기…</translation>
        </message>
    </context>
    <context>
        <name>WellBinding</name>
        <message>
            <source>There is no picture on the clipboard.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a photo of a person</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open photos of garments</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pictures ({patterns})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a folder of garments</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waiting for the engine…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finding pose and parse…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finding the garment…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No installed weights can analyse photos. Import weights that can, or drop the person's pose (JSON) and parse (PNG) on their stages below.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Weights…</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Words</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n초</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n분</numerusform>
            </translation>
        </message>
        <message>
            <source>less than a second</source>
            <translation>1초 미만</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours}시간 {minutes}분</translation>
        </message>
        <message>
            <source>about {time} left</source>
            <translation>약 {time} 남음</translation>
        </message>
    </context>
</TS>
